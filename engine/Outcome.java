package engine;

import java.util.Optional;

/// How one script ran: a lesson, an exercise or a solution.
///
/// @param why     why it ran, or why it did not run again: `lesson02.java changed`
/// @param fresh   whether it ran just now; else this is what is remembered of a run with the same key
/// @param millis  how long the script took
/// @param failure one line or more, `lessons/lesson02.java:41: step firstRead: check failed: 'a miss fills the cache'`
public record Outcome(String why, Transcript transcript, boolean fresh, long millis, Optional<String> failure) {

    Outcome remembered() {
        return new Outcome(why, transcript, false, millis, failure);
    }
}
