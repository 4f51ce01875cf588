package wrapper;

/// What a process said, and its exit code.
record Outcome(int exit, String out, String err) {}
