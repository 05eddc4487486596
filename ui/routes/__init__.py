"""The addresses of the server, a file for each matter; handlers check who asks and what, and translate."""
