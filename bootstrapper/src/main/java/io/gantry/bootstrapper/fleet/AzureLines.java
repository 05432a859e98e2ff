package io.gantry.bootstrapper.fleet;

import io.gantry.azure.AzureEstimate;
import io.gantry.azure.AzureEstimate.Line;
import io.gantry.bootstrapper.terminal.Table;
import io.gantry.bootstrapper.terminal.Terminal;
import io.gantry.fleet.Fleet;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** All that a fleet comes to in Azure, with about what it costs. */
final class AzureLines {
    private AzureLines() {}

    static void show(Fleet fleet, Terminal terminal) {
        AzureEstimate estimate = AzureEstimate.of(fleet);
        terminal.say("In Azure, with what it costs a month (%s):".formatted(AzureEstimate.PRICES));
        var table = new Table("RESOURCE", "NAME", "SIZE", "USD A MONTH");
        estimate.lines().forEach(line -> table.row(line.resource(), line.name(), line.size(), price(line)));
        table.row(estimate.isComplete() ? "all" : "all whose price is known", "", "", plain(estimate.usdPerMonth()));
        table.lines().forEach(line -> terminal.say("  " + line));
    }

    private static String price(Line line) {
        BigDecimal usd = line.usdPerMonth();
        if (usd == null) {
            return "unknown";
        }
        return usd.signum() == 0 ? "" : plain(usd);
    }

    private static String plain(BigDecimal usd) {
        return usd.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
