package adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.azure.functions.annotation.FunctionName;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Turns skills into what a developer would write: annotated parameters of real methods, compiled by javac. */
final class Declarations {

    /** The compiler refused a declaration. */
    static final class RefusedException extends Exception {
        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * The documentation spells the annotation's elements FunctionName and so on, but Java's are functionName and so on. The
     * adapter writes Java's; with ADAPTER_SPELLING=documented it writes the documented ones, which the compiler refuses.
     */
    private static final boolean AS_DOCUMENTED = "documented".equals(System.getenv("ADAPTER_SPELLING"));

    private static final Map<String, String> TYPES = Map.of(
        "string", "String",
        "integer", "Integer",
        "number", "Double",
        "boolean", "Boolean",
        "array", "java.util.List<Object>",
        "object", "java.util.Map<String, Object>");

    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    private Declarations() {
    }

    /** Compile the skills as methods of one class, load it, and return its functions. */
    static Set<Method> compile(List<JsonNode> skills) throws RefusedException, ClassNotFoundException {
        Map<String, byte[]> classes = javac(source(skills));
        ClassLoader loader = new ClassLoader(Declarations.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        Set<Method> functions = new LinkedHashSet<>();
        for (Method method : loader.loadClass("todo.Skills").getDeclaredMethods()) {
            if (method.isAnnotationPresent(FunctionName.class)) {
                functions.add(method);
            }
        }
        return functions;
    }

    static String source(List<JsonNode> skills) {
        StringBuilder text = new StringBuilder("package todo;\n\npublic class Skills {\n");
        for (int index = 0; index < skills.size(); index++) {
            JsonNode skill = skills.get(index);
            List<String> elements = new ArrayList<>();
            for (Iterator<Map.Entry<String, JsonNode>> fields = skill.get("trigger").fields(); fields.hasNext();) {
                Map.Entry<String, JsonNode> field = fields.next();
                elements.add(spell(field.getKey()) + " = " + literal(field.getValue()));
            }
            text.append("    @com.microsoft.azure.functions.annotation.FunctionName(")
                .append(quote(skill.get("name").asText())).append(")\n")
                .append("    public String f").append(index).append("(\n        ")
                .append("@com.microsoft.azure.functions.openai.annotation.assistant.AssistantSkillTrigger(")
                .append(String.join(", ", elements)).append(") ")
                .append(TYPES.get(skill.get("argument").get("type").asText())).append(" argument) {\n")
                .append("        return \"\";\n    }\n\n");
        }
        return text.append("}\n").toString();
    }

    private static String spell(String element) {
        return AS_DOCUMENTED ? element : element.substring(0, 1).toLowerCase(Locale.ROOT) + element.substring(1);
    }

    private static String literal(JsonNode value) {
        return value.isTextual() ? quote(value.asText()) : value.toString();
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char character : text.toCharArray()) {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (character < ' ' || character > '~') {
                        quoted.append(String.format("\\u%04x", (int) character));
                    } else {
                        quoted.append(character);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    private static Map<String, byte[]> javac(String source) throws RefusedException {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Memory memory = new Memory(JAVAC.getStandardFileManager(diagnostics, null, null));
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///todo/Skills.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        List<String> options = List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
        boolean compiled = JAVAC.getTask(new StringWriter(), memory, diagnostics, options, null, List.of(file)).call();
        if (!compiled) {
            StringBuilder errors = new StringBuilder();
            for (Diagnostic<? extends JavaFileObject> one : diagnostics.getDiagnostics()) {
                if (one.getKind() == Diagnostic.Kind.ERROR) {
                    errors.append(errors.length() == 0 ? "javac: " : "; ").append(one.getMessage(Locale.ENGLISH));
                }
            }
            throw new RefusedException(errors.toString());
        }
        return memory.classes();
    }

    /** Keeps compiled classes in memory. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> outputs = new HashMap<>();

        Memory(JavaFileManager manager) {
            super(manager);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
            JavaFileManager.Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            if (location != StandardLocation.CLASS_OUTPUT) {
                throw new IllegalArgumentException(location.getName());
            }
            return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream output = new ByteArrayOutputStream();
                    outputs.put(name, output);
                    return output;
                }
            };
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new HashMap<>();
            outputs.forEach((name, output) -> classes.put(name, output.toByteArray()));
            return classes;
        }
    }
}
