"""What a visitor does: read, file, keep the receipt, follow."""
