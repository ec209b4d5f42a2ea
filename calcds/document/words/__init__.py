"""What is known of names: what the text says of their shapes, properties and conditions, and how it is written."""
