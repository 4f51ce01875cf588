///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//RUNTIME_OPTIONS -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8
//SOURCES [A-Z]*.java
// The database's driver and the people's maker log through slf4j: to nowhere.
//DEPS org.slf4j:slf4j-nop:2.0.20

import data.Commands;
import data.Console;

/// Makes a FlughafenDB, looks into it, holds it against its rules, asks it.
void main(String... args) {
    System.exit(Console.run(Commands::new, args));
}
