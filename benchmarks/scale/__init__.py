"""How a chart grows with its corpus: time, memory of each process, bytes; in one piece, in parts, in processes."""
