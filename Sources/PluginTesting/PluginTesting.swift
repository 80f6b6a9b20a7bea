// This room is laid; its walls follow.
