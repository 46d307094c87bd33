"""What a person corrects: strokes, previews, and the edit sessions behind them."""
