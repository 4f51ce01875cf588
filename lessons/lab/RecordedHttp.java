package lab;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// A client that records each request with its response, and leaves the rest to the one it wraps.
final class RecordedHttp extends HttpClient {
    private final HttpClient client;
    private final Recorder recorder;

    RecordedHttp(HttpClient client, Recorder recorder) {
        this.client = client;
        this.recorder = recorder;
    }

    @Override public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpExchange exchange = begin(request);
        try {
            HttpResponse<T> response = client.send(request, handler);
            answered(exchange, response);
            return response;
        } catch (IOException | InterruptedException e) {
            exchange.failed(why(e));
            throw e;
        }
    }

    @Override public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request,
            HttpResponse.BodyHandler<T> handler) {
        return sendAsync(request, handler, null);
    }

    @Override public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request,
            HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> pushed) {
        HttpExchange exchange = begin(request);
        return client.sendAsync(request, handler, pushed).whenComplete((response, e) -> {
            if (e == null) answered(exchange, response);
            else exchange.failed(why(e.getCause() == null ? e : e.getCause()));
        });
    }

    private HttpExchange begin(HttpRequest request) {
        return new HttpExchange(recorder, request.method(), request.uri(), request.headers().map());
    }

    /// The body's size: of text and bytes what was read, of anything else what was announced.
    private static void answered(HttpExchange exchange, HttpResponse<?> response) {
        long bytes = switch (response.body()) {
            case String text -> text.getBytes().length;
            case byte[] body -> body.length;
            case null, default -> response.headers().firstValueAsLong("content-length").orElse(0);
        };
        exchange.answered(response.statusCode(), response.headers().map(), bytes);
    }

    private static String why(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override public Version version() {
        return client.version();
    }

    @Override public Optional<Executor> executor() {
        return client.executor();
    }
}
