"""The common life of a policy version: audience, validity, digest, diff, lint, publish.

Not what a policy decides.
"""
