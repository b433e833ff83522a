"""What meets a person at the desk: notices of what happened, what waits for them, and one search over everything."""
