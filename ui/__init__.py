"""The page that office staff use: questions, cited answers, and the documents behind them."""
