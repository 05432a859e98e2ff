package io.gantry.fleet.file;

import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A text in YAML, read as far as JSON goes: texts, numbers, true, false, null, lists and keys. There is nothing in it that
 * makes an object of a class, or much out of little: no tags, no anchors, no aliases.
 */
final class YamlText {
    private static final int DEEPEST = 20;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?");

    private final Problems problems;
    private final Iterator<Event> events;
    private int depth;

    private YamlText(String text, Problems problems) {
        this.problems = problems;
        this.events =
                new Parse(LoadSettings.builder().build()).parseString(text).iterator();
    }

    /**
     * @param problems learns where everything stands
     * @return an empty object where there is no more than comments
     * @throws FleetRefused with all that is wrong with it as YAML
     */
    static ObjectNode read(String text, Problems problems) {
        try {
            JsonNode root = new YamlText(text, problems).document();
            problems.refuse();
            if (root instanceof ObjectNode object) {
                return object;
            }
            problems.add("", "This is no list of keys: write name: and the fleet's name, or nothing at all");
        } catch (MarkedYamlEngineException invalid) {
            problems.add(Place.of(invalid.getProblemMark()), JsonPointer.empty(), "Not valid YAML: " + said(invalid));
        } catch (ReaderException invalid) {
            problems.add(Place.of(text, invalid.getPosition()), JsonPointer.empty(), "There is a control character");
        } catch (YamlEngineException invalid) {
            problems.add("", "Not valid YAML: " + invalid.getMessage());
        }
        throw problems.refused();
    }

    private static String said(MarkedYamlEngineException invalid) {
        return String.valueOf(invalid.getProblem()).lines().findFirst().orElse("");
    }

    private JsonNode document() {
        events.next(); // the stream begins
        if (events.next() instanceof StreamEndEvent) { // no document in it
            return NODES.objectNode();
        }
        JsonNode root = value(JsonPointer.empty(), events.next());
        events.next(); // the document ends
        Event more = events.next();
        if (!(more instanceof StreamEndEvent)) {
            problems.add(
                    Place.of(more.getStartMark()), JsonPointer.empty(), "A second document begins; there can be one");
        }
        return root.isNull() ? NODES.objectNode() : root;
    }

    private JsonNode value(JsonPointer at, Event event) {
        problems.stands(at, Place.of(event.getStartMark()));
        refuseTricks(at, event);
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case CollectionStartEvent collection -> collection(at, collection);
            default -> NODES.nullNode();
        };
    }

    private void refuseTricks(JsonPointer at, Event event) {
        Place place = Place.of(event.getStartMark());
        if (event instanceof AliasEvent) {
            problems.add(place, at, "Aliases (*name) are not read: write the value itself");
        } else if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            problems.add(place, at, "Anchors (&name) are not read: leave it out");
        } else if (tag(event).isPresent()) {
            problems.add(place, at, "Tags (!name) are not read: leave it out");
        }
    }

    private static Optional<String> tag(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> Optional.empty();
        };
    }

    private JsonNode collection(JsonPointer at, CollectionStartEvent event) {
        if (++depth > DEEPEST) {
            problems.add(Place.of(event.getStartMark()), at, "Nested too deeply: at most " + DEEPEST);
            throw problems.refused();
        }
        JsonNode read = event instanceof MappingStartEvent ? mapping(at) : sequence(at);
        depth--;
        return read;
    }

    private ObjectNode mapping(JsonPointer at) {
        ObjectNode object = NODES.objectNode();
        for (Event next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
            String key = key(at, next);
            JsonPointer below = at.appendProperty(key);
            Place place = Place.of(next.getStartMark());
            problems.stands(below, place);
            if (object.has(key)) {
                problems.add(place, below, "\"%s\" stands here twice: leave one out".formatted(key));
            }
            object.set(key, value(below, events.next()));
        }
        return object;
    }

    private String key(JsonPointer at, Event event) {
        refuseTricks(at, event);
        if (event instanceof ScalarEvent key) {
            return key.getValue();
        }
        problems.add(Place.of(event.getStartMark()), at, "A key has to be a word");
        throw problems.refused();
    }

    private ArrayNode sequence(JsonPointer at) {
        ArrayNode items = NODES.arrayNode();
        for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
            items.add(value(at.appendIndex(items.size()), next));
        }
        return items;
    }

    private static JsonNode scalar(ScalarEvent scalar) {
        String text = scalar.getValue();
        if (!scalar.isPlain()) {
            return NODES.stringNode(text);
        }
        return switch (text) {
            case "", "~", "null" -> NODES.nullNode();
            case "true" -> NODES.booleanNode(true);
            case "false" -> NODES.booleanNode(false);
            default -> wordOrNumber(text);
        };
    }

    private static JsonNode wordOrNumber(String text) {
        if (INTEGER.matcher(text).matches()) {
            long number = Long.parseLong(text);
            return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
        }
        return NUMBER.matcher(text).matches() ? NODES.numberNode(Double.parseDouble(text)) : NODES.stringNode(text);
    }
}
