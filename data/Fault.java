package data;

/// Something the user can mend: one clear line and an exit code, never a stack trace.
///
/// It stands in the lowest package, so that everything above may throw it. The message reads
/// `file:line: what is wrong; how to mend it`, or without the position where there is no file.
public final class Fault extends RuntimeException {
    /// A lesson failed, drifted or cannot run.
    public static final int FAILED = 1;
    /// The command line or the set-up is wrong.
    public static final int USAGE = 2;

    private final int exitCode;

    public Fault(int exitCode, String message) {
        this(exitCode, message, null);
    }

    public Fault(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /// The exit code of the process that ends because of this: [#FAILED] or [#USAGE].
    public int exitCode() {
        return exitCode;
    }
}
