"""The demo company: a believable Chinese FMCG brand from a fixed seed, loaded by the bulk door. Owns no table."""
