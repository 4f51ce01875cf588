///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../../../../lessons/lab/Lab.java
import static lab.Lab.*;

int loads = 0;

void main() { steps(this::absent); }

/// Remember what is absent, too.
String departures(String airport) {
    loads++; // to do: ask Valkey first
    return "";
}

void absent() {
    departures("ZZZ");
    departures("ZZZ");
    check("an absent airport is loaded once", loads == 1);
}
