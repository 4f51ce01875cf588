package engine;

// A progress bar that copes with narrow and dumb terminals.
//DEPS me.tongfei:progressbar:0.10.2

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Help.Ansi;

/// Shows how far the lessons are.
sealed interface Progress extends AutoCloseable {
    int REFRESH = 200; // ms

    /// A bar on a terminal, lines where there is none, or nothing.
    static Progress over(int lessons, boolean quiet) {
        if (quiet) return new Silence();
        return Ansi.AUTO.enabled() ? new Bar(lessons) : new Lines(lessons);
    }

    /// The next lesson of the course has run.
    void at(Run run);

    @Override default void close() {}

    record Silence() implements Progress {
        @Override public void at(Run run) {}
    }

    /// A line for each lesson that ran just now.
    final class Lines implements Progress {
        private final int lessons;
        private int done;

        Lines(int lessons) {
            this.lessons = lessons;
        }

        @Override public void at(Run run) {
            done++;
            String how = run.failure().isEmpty() ? "ran" : "failed";
            if (run.fresh()) IO.println("[%d/%d] %s %s".formatted(done, lessons, run.lesson().id(), how));
        }
    }

    final class Bar implements Progress {
        private final ProgressBar bar;

        Bar(int lessons) {
            bar = new ProgressBarBuilder().setTaskName("Lessons").setInitialMax(lessons)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK).setUpdateIntervalMillis(REFRESH)
                    .clearDisplayOnFinish().build();
        }

        @Override public void at(Run run) {
            bar.setExtraMessage(" " + run.lesson().id());
            bar.step();
        }

        @Override public void close() {
            bar.close();
        }
    }
}
