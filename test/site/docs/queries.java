///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../../../lessons/lab/Lab.java
import static lab.Lab.*;

void main() { steps(this::look); }

/// Count the flights.
void look() {
    IO.println(flights() + " flights");
    check("there are flights", flights() > 0);
}
