///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lessons/lab/*.java
//SOURCES data/*.java
//SOURCES bench/*.java

import static lab.Lab.privateValkey;

import bench.RecorderOverhead;
import data.Fault;
import data.Suggest;

/// Every figure that this project claims, measured beside its peer in one run.
void main(String... args) {
    String what = args.length == 1 ? args[0] : "";
    switch (what) {
        case "recorder" -> recorder();
        default -> {
            System.err.println("./jbang bench.java recorder%s".formatted(Suggest.didYouMean(what, List.of("recorder"))));
            System.exit(Fault.USAGE);
        }
    }
}

/// What recording adds to a loop of 100,000 GETs.
void recorder() {
    try (var valkey = privateValkey()) {
        double ratio = RecorderOverhead.ratio(valkey.uri().toString(), 100_000, 7);
        IO.println("100,000 GETs, recorded : plain Jedis = %.3f (median of 7 rounds, each running both)".formatted(ratio));
    }
}
