///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;

import lab.PrivateCluster;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.util.JedisClusterCRC16;
import redis.clients.jedis.util.SafeEncoder;

// A client of a cluster. It follows MOVED and ASK.

final Map<Integer, HostAndPort> map = new HashMap<>(); // slot to node
int trips; // GETs that were sent

PrivateCluster cluster;
Map<String, ConnectionPool> pools; // connections to each node

void main() {
    steps(this::known, this::moved, this::asked, this::arrived,
            this::noRedirection);
}

/// Asks the node that the map has for the key's slot. MOVED is for the
/// map, ASK for this one GET. Two nodes that each point to the other
/// would keep it busy for ever: it gives up.
String get(String key) {
    int slot = JedisClusterCRC16.getSlot(key);
    HostAndPort node = map.getOrDefault(slot, first());
    boolean asking = false;
    for (int turn = 0; turn < 5; turn++) {
        try {
            return send(node, asking, key);
        } catch (JedisMovedDataException e) {
            node = e.getTargetNode();
            asking = false;
            map.put(e.getSlot(), node);
        } catch (JedisAskDataException e) {
            node = e.getTargetNode();
            asking = true;
        }
    }
    throw new JedisException("redirected too often: " + key);
}

/// GET, sent to one node; with ASKING before it if that is wished for.
/// What the node replies, or a JedisException. A redirection is one of
/// its kinds, and has `getSlot()` and `getTargetNode()`.
String send(HostAndPort node, boolean asking, String key) {
    trips++;
    return asking ? command(node, "ASKING", "GET " + key)
            : command(node, "GET " + key);
}

/// Where to ask for a slot of which nothing is known.
HostAndPort first() {
    return node(0);
}

HostAndPort node(int n) {
    return new HostAndPort("127.0.0.1", cluster.nodes().get(n).port());
}

/// Commands to one node, on one connection: the last reply.
String command(HostAndPort node, String... commands) {
    Object reply = null;
    try (var one = pools.get(node.toString()).getResource()) {
        for (String command : commands) {
            String[] words = command.split(" ");
            one.sendCommand(words[0]::getBytes,
                    Arrays.copyOfRange(words, 1, words.length));
            reply = SafeEncoder.encodeObject(one.getOne());
        }
    }
    return String.valueOf(reply);
}

/// What a GET of the client says, after how many trips.
record Told(String value, int trips) {}

Told told(String key) {
    trips = 0;
    try {
        return new Told(get(key), trips);
    } catch (JedisException e) {
        return new Told(e.getMessage(), trips);
    }
}

/// flight:8 is in slot 44 of node 0, flight:10 in a slot of node 1.
void known() {
    cluster = privateCluster();
    var client = (RedisClusterClient) cluster.client();
    pools = client.getClusterNodes();
    client.set("flight:8", "LX");
    client.set("flight:10", "OS");
    check("a key of the first node: one trip",
            told("flight:8").equals(new Told("LX", 1)));
}

void moved() {
    check("a key of another node: two trips",
            told("flight:10").equals(new Told("OS", 2)));
    check("its slot is known now: one trip",
            told("flight:10").equals(new Told("OS", 1)));
}

/// Sends a word on slot 44 to a node.
void setSlot(int node, String word, int other) {
    command(node(node), "CLUSTER SETSLOT 44 " + word + " "
            + command(node(other), "CLUSTER MYID"));
}

void asked() {
    setSlot(1, "IMPORTING", 0);
    setSlot(0, "MIGRATING", 1);
    command(node(1), "ASKING", "SET {flight:8}:crew 7");
    check("a key that node 1 has already: two trips",
            told("{flight:8}:crew").equals(new Told("7", 2)));
    check("one that node 0 still has: one trip",
            told("flight:8").equals(new Told("LX", 1)));
    check("the first again: ASK says nothing of the next time",
            told("{flight:8}:crew").equals(new Told("7", 2)));
}

void arrived() {
    command(node(0), "MIGRATE 127.0.0.1 " + node(1).getPort()
            + " flight:8 0 5000");
    setSlot(1, "NODE", 1);
    setSlot(0, "NODE", 1);
    check("the slot is node 1's: two trips",
            told("flight:8").equals(new Told("LX", 2)));
    check("then one, for each of its keys",
            told("{flight:8}:crew").equals(new Told("7", 1)));
}

void noRedirection() {
    command(node(1), "HSET {flight:8}:seats 1A ann");
    check("another error is thrown, at once",
            told("{flight:8}:seats").value().startsWith("WRONGTYPE")
                    && trips == 1);
}
