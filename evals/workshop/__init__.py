"""The workshop: makes what ships and measures its speed. Nothing of the product imports it."""
