package lab;

//DEPS tools.jackson.core:jackson-databind:3.2.4
//DEPS org.hdrhistogram:HdrHistogram:2.2.2
//DEPS redis.clients:jedis:8.0.2
//DEPS org.xerial:sqlite-jdbc:3.54.1.0
//DEPS org.slf4j:slf4j-nop:2.0.20
//RUNTIME_OPTIONS --enable-native-access=ALL-UNNAMED
//SOURCES Event.java
//SOURCES Recorder.java
//SOURCES ../../data/Fault.java
//SOURCES ../../data/Suggest.java
//SOURCES ../../data/UserCache.java

/// The bench that lessons stand on.
public final class Lab {
    private Lab() {}
}
