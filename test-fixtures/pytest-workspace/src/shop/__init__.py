"""A small shop: prices, a basket, and receipts."""
