package engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lab.Event;

/// Puts the entries of a transcript, given in order of time, into steps.
final class Steps {
    private static final String MAIN = "main";

    private final List<Transcript.Step> steps = new ArrayList<>();
    private final List<Event.Entry> outside = new ArrayList<>();
    private Event.Began began;
    private Event.Ended ended;
    private Open step;

    void add(Event.Entry entry) {
        if (!entry.actor().equals(MAIN)) { // what another process says late still belongs to the step before
            (step == null ? outside : step.entries).add(entry);
            return;
        }
        switch (entry.what()) {
            case Event.Began b -> began = b;
            case Event.Ended e -> ended = e;
            case Event.StepStarted s -> open(s.step());
            case Event.Skipped s -> within(s.step()).skipped = s;
            case Event.StepEnded e -> within(e.step()).ended = e;
            default -> (running() ? step.entries : outside).add(entry);
        }
    }

    Transcript transcript() {
        close();
        return new Transcript(Optional.ofNullable(began), List.copyOf(steps), List.copyOf(outside),
                Optional.ofNullable(ended));
    }

    private boolean running() {
        return step != null && step.ended == null && step.skipped == null;
    }

    /// The open step if it has this name, else a new one: a skipped step need not have started.
    private Open within(String name) {
        if (step == null || !step.name.equals(name)) open(name);
        return step;
    }

    private void open(String name) {
        close();
        step = new Open(name);
    }

    private void close() {
        if (step != null) steps.add(step.step());
        step = null;
    }

    private static final class Open {
        private final String name;
        private final List<Event.Entry> entries = new ArrayList<>();
        private Event.StepEnded ended;
        private Event.Skipped skipped;

        Open(String name) {
            this.name = name;
        }

        Transcript.Step step() {
            return new Transcript.Step(name, List.copyOf(entries), Optional.ofNullable(ended),
                    Optional.ofNullable(skipped));
        }
    }
}
