package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Graphics;
import io.inkstone.tensor.Hardware;
import io.inkstone.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code inkstone devices}. */
@Command(name = "devices", description = "Lists where tensors can live, and what this processor offers.")
final class DevicesCommand implements Runnable {
    @Mixin
    private Common common;

    @Override
    public void run() {
        List<Map<String, Object>> devices = new ArrayList<>();
        for (ComputeDevice device : ComputeDevice.available()) {
            devices.add(Map.of(
                    "name",
                    device.word(),
                    "precision",
                    Precision.AUTO.on(device).word()));
        }
        String processor = Hardware.here().describe();
        String text = devices.stream()
                .map(device -> Words.of("%s  (--precision auto is %s)", device.get("name"), device.get("precision")))
                .collect(Collectors.joining(System.lineSeparator()));
        String graphics = Graphics.here().words();
        common.print(
                String.join(System.lineSeparator(), processor, text, graphics),
                Map.of("processor", processor, "devices", devices, "graphics", graphics));
    }
}
