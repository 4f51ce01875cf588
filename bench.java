///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lessons/lab/*.java
//SOURCES data/[A-Z]*.java
//SOURCES engine/*.java
//SOURCES bench/*.java

import bench.Benchmarks;
import data.Console;

/// Every figure that this project claims, measured beside its peer in one run.
void main(String... args) {
    System.exit(Console.run(Benchmarks::new, args));
}
