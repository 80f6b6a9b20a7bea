// Nothing to call: what this room does, it does before the program begins.
