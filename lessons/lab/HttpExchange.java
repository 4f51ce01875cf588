package lab;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// One HTTP request, from when it is sent until its response is read, or will not come.
public final class HttpExchange {
    /// What it is counted as.
    static final String NAME = "HTTP";

    private final Recorder recorder;
    private final String method;
    private final URI uri;
    private final Map<String, List<String>> headers;
    private final long start = System.nanoTime();

    /// A request is about to be sent.
    HttpExchange(Recorder recorder, String method, URI uri, Map<String, List<String>> headers) {
        this.recorder = recorder;
        this.method = method;
        this.uri = uri;
        this.headers = headers;
    }

    /// A request that another client than [Lab#http] is about to send.
    public static HttpExchange begin(String method, URI uri, Map<String, List<String>> headers) {
        return new HttpExchange(Recorder.get(), method, uri, headers);
    }

    /// Its response was read; `bytes` of body.
    public void answered(int status, Map<String, List<String>> fields, long bytes) {
        record(status, "", fields, bytes);
    }

    /// There was no response that could be read: `why`.
    public void failed(String why) {
        record(0, why, Map.of(), 0);
    }

    private void record(int status, String failure, Map<String, List<String>> fields, long bytes) {
        long nanos = System.nanoTime() - start;
        recorder.exchange(NAME, null, start, nanos, true, 0, bytes, () -> new Event.Http(method, HttpText.target(uri),
                HttpText.fields(headers), status, failure, HttpText.fields(fields), bytes, nanos / 1_000));
    }
}
