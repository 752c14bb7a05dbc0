package adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Connects a framework to the assistant skill trigger conformance suite. It works as it is, in place of a framework. Put
 * yours in where it says FILL IN.
 */
public final class Adapter {

    /** One app of the framework; the suite has one at a time. */
    private final Map<String, JsonNode> skills = new LinkedHashMap<>();
    private String direction;
    private final Protocol suite = new Protocol();

    public static void main(String[] arguments) throws Exception {
        Adapter adapter = new Adapter();
        adapter.suite.serve(Map.of(
            "initialize", adapter::initialize,
            "create_app", adapter::createApp,
            "add_skill", adapter::addSkill,
            "bindings", adapter::bindings,
            "ask", adapter::ask,
            "close_app", params -> null));
    }

    private ObjectNode initialize(JsonNode params) {
        ObjectNode offer = Protocol.JSON.createObjectNode()
            .put("name", "my-framework") // FILL IN
            .put("version", "0.0.0"); // FILL IN
        offer.putArray("surfaces").add("java");
        offer.putArray("capabilities").add("bindings"); // FILL IN: and "ask", if the framework talks to the model itself
        return offer;
    }

    /** Create a fresh, empty app, once for each case. */
    private ObjectNode createApp(JsonNode params) {
        // FILL IN: make an app of the framework; params.get("environment") holds its settings (System.getenv does not).
        skills.clear();
        direction = params.get("edition").asText().equals("2024-04-14") ? "out" : "in";
        return Protocol.JSON.createObjectNode().put("app", 1).put("construct", "AssistantSkillTrigger");
    }

    /** Declare a skill; throw anything to refuse it. */
    private Object addSkill(JsonNode params) {
        // FILL IN: declare a function that returns invoke(name, argument), with the documented parameters in `trigger`.
        JsonNode skill = params.get("skill");
        if (!skill.get("trigger").has("FunctionDescription") && !skill.get("trigger").has("functionDescription")) {
            throw new IllegalArgumentException("a skill needs a description");
        }
        skills.put(skill.get("name").asText(), skill);
        return null;
    }

    /**
     * Run the suite's function for a skill and return its result; throw if the function fails.
     * The message has an argument even if it is null, which some serializers are told to leave out.
     */
    private JsonNode invoke(String name, JsonNode argument) throws Exception {
        ObjectNode params = Protocol.JSON.createObjectNode().put("app", 1).put("name", name);
        params.set("argument", argument);
        return suite.call("invoke_skill", params);
    }

    /** Map each function's name to its bindings, as function.json holds them. */
    private ObjectNode bindings(JsonNode params) {
        // FILL IN: return what the framework tells the Functions host, or remove the capability.
        ObjectNode functions = Protocol.JSON.createObjectNode();
        skills.forEach((name, skill) -> {
            ArrayNode bindings = functions.putArray(name);
            ObjectNode binding = bindings.addObject().put("type", "AssistantSkillTrigger").put("direction", direction);
            skill.get("trigger").fields().forEachRemaining(
                parameter -> binding.set(inCamelCase(parameter.getKey()), parameter.getValue()));
        });
        return functions;
    }

    /** Post a user's message, run the skills that the model calls, and return the model's final text. */
    private ObjectNode ask(JsonNode params) {
        // FILL IN, and name the capability above: return Protocol.JSON.createObjectNode().put("reply", text).
        throw new UnsupportedOperationException("nothing answers " + params.get("message"));
    }

    /** Return a parameter as function.json spells it: edition 2024-04-14 writes FunctionName for Java. */
    private static String inCamelCase(String parameter) {
        return parameter.substring(0, 1).toLowerCase() + parameter.substring(1);
    }
}
