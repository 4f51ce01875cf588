package engine;

// A progress bar that copes with narrow and dumb terminals.
//DEPS me.tongfei:progressbar:0.10.2

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Help.Ansi;

/// Shows how far the lessons are: a bar on a terminal, a line for each lesson that ran where there is none.
public final class Progress {
    private static final int REFRESH = 200; // ms

    private Progress() {}

    /// Runs the lessons in order.
    public static List<Run> over(List<Lesson> lessons, Function<Lesson, Run> runner) {
        return Ansi.AUTO.enabled() ? withBar(lessons, runner) : withLines(lessons, runner);
    }

    private static List<Run> withBar(List<Lesson> lessons, Function<Lesson, Run> runner) {
        List<Run> runs = new ArrayList<>();
        try (ProgressBar bar = new ProgressBarBuilder().setTaskName("Lessons").setInitialMax(lessons.size())
                .setStyle(ProgressBarStyle.UNICODE_BLOCK).setUpdateIntervalMillis(REFRESH)
                .clearDisplayOnFinish().build()) {
            for (Lesson lesson : lessons) {
                bar.setExtraMessage(" " + lesson.id());
                runs.add(runner.apply(lesson));
                bar.step();
            }
        }
        return runs;
    }

    private static List<Run> withLines(List<Lesson> lessons, Function<Lesson, Run> runner) {
        List<Run> runs = new ArrayList<>();
        for (Lesson lesson : lessons) {
            Run run = runner.apply(lesson);
            runs.add(run);
            if (run.fresh()) {
                String how = run.failure().isEmpty() ? "ran" : "failed";
                IO.println("[%d/%d] %s %s".formatted(runs.size(), lessons.size(), lesson.id(), how));
            }
        }
        return runs;
    }
}
