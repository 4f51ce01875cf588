package bench;

import java.util.Arrays;
import lab.Recorder;
import lab.ValkeyServer;
import lab.ValkeyUrl;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/// What recording adds to a loop of GETs.
public final class RecorderOverhead {
    private static final String KEY = "bench:recorder";

    private RecorderOverhead() {}

    /// Time of a recorded loop divided by that of the same loop on plain Jedis: the median of the ratios of `rounds`
    /// rounds, each of which runs both, every other round in the other order.
    ///
    /// @param url  of a standalone server; the key it reads is removed afterwards
    /// @param gets how many GETs a loop makes
    public static double ratio(String url, int gets, int rounds) {
        ValkeyServer server = ValkeyServer.at(ValkeyUrl.parse(url));
        HostAndPort node = server.url().node();
        try (UnifiedJedis plain = RedisClient.create(node); UnifiedJedis recorded = server.client(Recorder.get(), "")) {
            plain.set(KEY, "x".repeat(100));
            loop(plain, gets); // warm up both
            loop(recorded, gets);
            double[] ratios = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                long first = loop(i % 2 == 0 ? plain : recorded, gets);
                long second = loop(i % 2 == 0 ? recorded : plain, gets);
                ratios[i] = i % 2 == 0 ? (double) second / first : (double) first / second;
            }
            plain.del(KEY);
            Arrays.sort(ratios);
            return ratios[rounds / 2];
        }
    }

    private static long loop(UnifiedJedis jedis, int gets) {
        long start = System.nanoTime();
        for (int i = 0; i < gets; i++) jedis.get(KEY);
        return System.nanoTime() - start;
    }
}
