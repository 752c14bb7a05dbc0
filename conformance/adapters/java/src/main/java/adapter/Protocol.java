package adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The protocol of the conformance suite, from an adapter's side: JSON-RPC 2.0, one message per line, over standard input and
 * output, in both directions. An adapter in Java can copy this file as it is.
 */
public final class Protocol {

    /** Serves one method; what it throws becomes the error that the suite is answered with. */
    public interface Method {
        Object serve(JsonNode params) throws Exception;
    }

    /** Reads and writes JSON. */
    public static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final int METHOD_NOT_FOUND = -32601; // JSON-RPC's own code
    private static final int FAILED = 1;

    private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<JsonNode> requests = new LinkedBlockingQueue<>();
    private final AtomicInteger lastCall = new AtomicInteger();
    private final PrintStream output;

    public Protocol() {
        output = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err); // standard output carries the protocol, and whatever is printed goes to standard error
        new Thread(this::read, "protocol").start();
    }

    /** Serve the suite's requests by the methods named until it closes standard input, then end the process. */
    public void serve(Map<String, Method> methods) throws InterruptedException, JsonProcessingException {
        while (true) {
            JsonNode request = requests.take();
            ObjectNode response = JSON.createObjectNode().put("jsonrpc", "2.0");
            response.set("id", request.get("id"));
            Method method = methods.get(request.path("method").asText());
            if (method == null) {
                fail(response, METHOD_NOT_FOUND, "there is no method " + request.get("method"));
            } else {
                try {
                    response.set("result", JSON.valueToTree(method.serve(request.path("params"))));
                } catch (Exception | LinkageError error) {
                    fail(response, FAILED, error.getClass().getSimpleName() + ": " + error.getMessage());
                }
            }
            send(response);
        }
    }

    /** Send a request to the suite and wait for its result; throw what the suite answers with an error. */
    public JsonNode call(String method, ObjectNode params) throws Exception {
        String id = "call-" + lastCall.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        ObjectNode request = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", id).put("method", method);
        request.set("params", params);
        send(request);
        try {
            return answer.get();
        } catch (ExecutionException error) {
            throw (Exception) error.getCause();
        }
    }

    private static void fail(ObjectNode response, int code, String message) {
        response.putObject("error").put("code", code).put("message", message);
    }

    private synchronized void send(ObjectNode message) throws JsonProcessingException {
        output.print(JSON.writeValueAsString(message) + "\n");
        output.flush();
    }

    /** Read on a separate thread, so that answers arrive while a request is being served. */
    private void read() {
        try (BufferedReader input = new BufferedReader(
            new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8), 1 << 16)) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                JsonNode message = JSON.readTree(line);
                if (message.has("method")) {
                    requests.add(message);
                } else {
                    settle(waiting.remove(message.path("id").asText()), message);
                }
            }
        } catch (IOException error) {
            error.printStackTrace();
        }
        System.exit(0);
    }

    private static void settle(CompletableFuture<JsonNode> answer, JsonNode message) {
        if (message.has("error")) {
            answer.completeExceptionally(new IllegalStateException(message.get("error").path("message").asText()));
        } else {
            answer.complete(message.path("result"));
        }
    }
}
