"""What this product costs, beside what others cost: measured on the machine it runs on, in one go."""
