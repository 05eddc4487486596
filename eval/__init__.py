"""How good the answers are, as numbers: gold questions, measures, baselines, a report."""
