package io.gantry.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DocumentSchemaTest {
    private static final DocumentSchema GARDEN = DocumentSchema.beside(DocumentSchemaTest.class, "garden.schema.json");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'beds': [{'plant': 'leek', 'rows': 0}]}  | /beds/0/rows  | 0 does not fit. A whole number from 1.",
                "{'beds': [{'plant': 'leak'}]}             | /beds/0/plant | \"leak\" does not fit; did you mean \"leek\"? One of leek, bean.",
                "{'beds': [{'plant': 'oak tree'}]}         | /beds/0/plant | \"oak tree\" does not fit. One of leek, bean.",
                "{'beds': [{}]}                            | /beds/0/plant | \"plant\" is missing. One of leek, bean.",
                "{'bets': []}                              | /bets         | There is no such key; did you mean \"beds\"?",
                "{'hose': 'x'}                             | /hose         | There is no such key; did you mean \"gardenHose\"?",
                "{'rows': 1}                               | /rows         | There is no such key; did you mean \"/beds/*/rows\"?",
                "{'fence': 1}                              | /fence        | There is no such key; keys of your own begin with x-",
                "{'signs': {'A B': 'x'}}                   | /signs        | A name in here does not fit. Letters only.",
                "{'gardenHose': 'tcp://me:secret@tap'}     | /gardenHose   | \"***@tap\" does not fit. A number."
            })
    void what_does_not_fit_is_told_with_what_would(String json, String pointer, String message) {
        assertThat(GARDEN.misfits(document(json)))
                .extracting(Misfit::pointer, Misfit::message)
                .containsExactly(tuple(pointer, message));
    }

    @Test
    void everything_is_told_at_once() {
        assertThat(GARDEN.misfits(document("{'gardenHose': true, 'beds': [{'plant': 7}, 8]}")))
                .extracting(Misfit::pointer)
                .containsExactlyInAnyOrder("/gardenHose", "/beds/0/plant", "/beds/1");
    }

    @Test
    void defaults_are_filled_in_also_within_lists() {
        ObjectNode document = document("{'beds': [{'plant': 'leek'}, {'plant': 'bean', 'rows': 4}]}");
        GARDEN.fillInDefaults(document);
        assertThat(document)
                .isEqualTo(document(
                        "{'beds': [{'plant': 'leek', 'rows': 2}, {'plant': 'bean', 'rows': 4}], 'gardenHose': 1}"));
    }

    @Test
    void keys_of_ones_own_are_free() {
        assertThat(GARDEN.misfits(document("{'x-owner': ['anyone']}"))).isEqualTo(List.of());
    }

    private static ObjectNode document(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
    }
}
