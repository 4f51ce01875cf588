///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../../../lessons/lab/Lab.java
import static lab.Lab.*;

final int tries = knob("tries", 3);

void main() { steps(this::greet, this::compare); }

/// Say hello, `tries` times.
void greet() {
    for (int i = 1; i <= tries; i++) IO.println("hello " + i + " <b>");
    check("it said hello", tries > 0);
}

/// A table and a chart.
void compare() {
    table("Two ways", row("way", "loads", measured("p50 µs")),
            row("no cache", 1000, 81), row("cache", 1, 3));
    chart("Loads", "loads", bar("no cache", 1000), bar("cache", 1));
    check("the cache loads once", true);
}
