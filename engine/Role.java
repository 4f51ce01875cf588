package engine;

/// What is expected of a script.
enum Role {
    /// Every step ends and every check holds.
    LESSON,
    /// It starts unsolved: every step ends, and at least one check does not hold.
    EXERCISE,
    /// As a lesson.
    SOLUTION
}
