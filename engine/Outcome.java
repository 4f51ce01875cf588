package engine;

import java.util.Optional;

/// How one script ran: a lesson, an exercise or a solution.
///
/// @param key     stands for everything the run depends on; equal keys, equal runs
/// @param fresh   whether it ran just now; else this is what is remembered of a run with the same key
/// @param millis  how long the script took
/// @param failure one line or more, `lessons/lesson02.java:41: step firstRead: check failed: 'a miss fills the cache'`
public record Outcome(String key, Transcript transcript, boolean fresh, long millis, Optional<String> failure) {

    Outcome remembered() {
        return new Outcome(key, transcript, false, millis, failure);
    }
}
