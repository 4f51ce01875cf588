///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//RUNTIME_OPTIONS -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8
//SOURCES Airline.java
//SOURCES Airplane.java
//SOURCES AirplaneType.java
//SOURCES Airport.java
//SOURCES Booking.java
//SOURCES Console.java
//SOURCES Fault.java
//SOURCES Fleet.java
//SOURCES Flight.java
//SOURCES FlownTimetable.java
//SOURCES ImportedAirports.java
//SOURCES MissingTables.java
//SOURCES Period.java
//SOURCES Resources.java
//SOURCES Rotation.java
//SOURCES Scale.java
//SOURCES Schema.java
//SOURCES SoldSeats.java
//SOURCES Table.java
//SOURCES Travellers.java
//SOURCES UserCache.java
//SOURCES Weather.java
//SOURCES dump/Constraints.java
//SOURCES dump/Dump.java
//SOURCES dump/DumpTable.java
//SOURCES dump/ImportCommand.java
//SOURCES dump/ImportProgress.java
//SOURCES dump/Importer.java
//SOURCES dump/Json.java
//SOURCES dump/Loader.java
//SOURCES dump/MySqlPoint.java
//SOURCES dump/OutputFile.java
//SOURCES dump/RowMapping.java
//SOURCES dump/RowReader.java

import data.dump.ImportCommand;

/// Reads a dump of the original FlughafenDB. A class of its own: a compact source file is named after its file, and
/// `import` is no name in Java.
class Import {
    public static void main(String... args) {
        System.exit(ImportCommand.run(args));
    }
}
