package lab.s3;

// The client of object stores, with the JDK's `HttpURLConnection` under it. The version that S3Proxy 4.1.0 is built
// with: JBang gives all of them the versions that its POM names. This folder is apart, so that only who names it gets
// them.
//DEPS software.amazon.awssdk:s3:2.54.2
//DEPS software.amazon.awssdk:url-connection-client:2.54.2

import lab.HttpExchange;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Records each request that an S3 client sends, with its response:
/// `overrideConfiguration(c -> c.addExecutionInterceptor(...))`.
///
/// A response is recorded when its header has come; the bytes of body are those that it announces.
public final class RecordedS3 implements ExecutionInterceptor {
    private static final ExecutionAttribute<HttpExchange> OPEN = new ExecutionAttribute<>("recorded");

    @Override public void beforeTransmission(Context.BeforeTransmission sent, ExecutionAttributes execution) {
        close(execution, "no response, tried again");
        SdkHttpRequest request = sent.httpRequest();
        execution.putAttribute(OPEN, HttpExchange.begin(request.method().name(), request.getUri(), request.headers()));
    }

    @Override public void afterTransmission(Context.AfterTransmission received, ExecutionAttributes execution) {
        SdkHttpResponse response = received.httpResponse();
        boolean bodiless = received.httpRequest().method() == SdkHttpMethod.HEAD || response.statusCode() == 304;
        long announced = response.firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(0L);
        execution.getAttribute(OPEN).answered(response.statusCode(), response.headers(), bodiless ? 0 : announced);
        execution.putAttribute(OPEN, null);
    }

    @Override public void onExecutionFailure(Context.FailedExecution failed, ExecutionAttributes execution) {
        close(execution, String.valueOf(failed.exception().getMessage()));
    }

    /// Records that nothing came, if something is still to come.
    private static void close(ExecutionAttributes execution, String why) {
        HttpExchange open = execution.getAttribute(OPEN);
        if (open != null) open.failed(why);
        execution.putAttribute(OPEN, null);
    }
}
