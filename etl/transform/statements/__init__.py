"""Metrics: quantities with what they measure, where, when, compared with what."""
