"""READ: the register, the queue, the figures."""
