package data;

// The command line: its help, suggestions for misspelt words, colours where they belong.
//DEPS info.picocli:picocli:4.7.7

import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Runs a picocli command. What a user can mend gets a clear line and an exit code, never a stack trace.
public final class Console {
    private Console() {}

    /// @param command makes the command: its presets may need what is not there
    /// @return the exit code: the command's own, a [Fault]'s, or 2 for words it does not know
    public static int run(Supplier<?> command, String... args) {
        try {
            return new CommandLine(command.get())
                    .setParameterExceptionHandler((misspelt, _) -> explain(misspelt))
                    .setExecutionExceptionHandler((thrown, _, _) -> explain(thrown))
                    .execute(args);
        } catch (Fault fault) {
            return explain(fault);
        }
    }

    private static int explain(ParameterException misspelt) {
        if (misspelt.getCause() instanceof Fault fault) return explain(fault); // a value that its converter refused
        System.err.println(misspelt.getMessage());
        if (misspelt instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()) {
            System.err.println("did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?");
        }
        System.err.println("--help says what there is");
        return Fault.USAGE;
    }

    private static int explain(Exception thrown) throws Exception {
        if (thrown instanceof Fault fault) return explain(fault);
        throw thrown; // a mistake of ours: picocli prints its stack trace
    }

    private static int explain(Fault fault) {
        System.err.println(fault.getMessage());
        return fault.exitCode();
    }
}
