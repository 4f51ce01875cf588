package lab;

import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes records as JSON, in the form that Jackson's data binding reads them back.
///
/// By hand, and not by data binding: that takes half a second of processor time to wake up, in each lesson's process.
final class JsonLines {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Map<Class<?>, RecordComponent[]> COMPONENTS = new ConcurrentHashMap<>();

    private JsonLines() {}

    /// One line, without its end.
    static String line(Record record) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            write(record, json);
        }
        return text.toString();
    }

    private static void write(Object value, JsonGenerator json) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Enum<?> word -> json.writeString(word.name());
            case List<?> list -> {
                json.writeStartArray();
                for (Object item : list) write(item, json);
                json.writeEndArray();
            }
            case Record record -> record(record, json);
            default -> throw new IllegalArgumentException("no event holds a " + value.getClass().getName());
        }
    }

    private static void record(Record record, JsonGenerator json) {
        json.writeStartObject();
        if (record instanceof Event) json.writeStringProperty("event", record.getClass().getSimpleName());
        for (RecordComponent component : COMPONENTS.computeIfAbsent(record.getClass(), Class::getRecordComponents)) {
            json.writeName(component.getName());
            write(value(record, component), json);
        }
        json.writeEndObject();
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " of " + record, e);
        }
    }
}
