package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

class PrivateClusterTest {
    @Test void eachPrimaryHasAThirdOfTheSlotsAndAReplica() throws Exception {
        PrivateCluster cluster = PrivateCluster.start("cluster-require-full-coverage no");
        try (cluster) {
            var client = (RedisClusterClient) cluster.client();
            for (int i = 0; i < 30; i++) client.set("key:" + i, "" + i);
            for (int i = 0; i < 30; i++) assertEquals("" + i, client.get("key:" + i));
            for (PrivateValkey replica : cluster.nodes().subList(3, 6)) {
                var server = ValkeyServer.at(ValkeyUrl.parse(replica.uri().toString()));
                assertEquals(3, server.primaries().size(), "each node knows all primaries");
                try (var connection = server.connect(server.url().node())) {
                    connection.sendCommand(redis.clients.jedis.Protocol.Command.INFO, "replication");
                    assertTrue(connection.getBulkReply().contains("role:slave"));
                }
            }
        }
        for (PrivateValkey node : cluster.nodes()) assertFalse(Files.exists(node.folder()), "its folder goes with it");
    }
}
