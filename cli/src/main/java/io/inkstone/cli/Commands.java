package io.inkstone.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The commands, in the order of the help. Reading the options of all of them takes the option parser a quarter of a second, so a
 * line that begins with one command's name is understood by that command alone.
 */
final class Commands {
    private static final Map<String, Class<?>> OWN = new LinkedHashMap<>();

    static {
        OWN.put("train", TrainCommand.class);
        OWN.put("resume", ResumeCommand.class);
        OWN.put("sample", SampleCommand.class);
        OWN.put("reconstruct", ReconstructCommand.class);
        OWN.put("encode", EncodeCommand.class);
        OWN.put("decode", DecodeCommand.class);
        OWN.put("interpolate", InterpolateCommand.class);
        OWN.put("walk", WalkCommand.class);
        OWN.put("edit", EditCommand.class);
        OWN.put("inpaint", InpaintCommand.class);
        OWN.put("variations", VariationsCommand.class);
        OWN.put("evaluate", EvaluateCommand.class);
        OWN.put("compare", CompareCommand.class);
        OWN.put("describe", DescribeCommand.class);
        OWN.put("inspect", InspectCommand.class);
        OWN.put("import", ImportCommand.class);
        OWN.put("export", ExportCommand.class);
        OWN.put("data", DataCommand.class);
        OWN.put("recipes", RecipesCommand.class);
        OWN.put("devices", DevicesCommand.class);
    }

    private Commands() {}

    /** What a line needs: the command that it begins with, or all of them where it begins with anything else. */
    static List<Object> of(String... words) {
        String first = words.length == 0 ? "" : words[0];
        if (OWN.containsKey(first)) {
            return List.of(OWN.get(first));
        }
        List<Object> all = all();
        return all.stream()
                .filter(command -> command instanceof FurtherCommand further
                        && further.getClass()
                                .getAnnotation(Command.class)
                                .name()
                                .equals(first))
                .findFirst()
                .map(List::of)
                .orElse(all);
    }

    /** With those that tell of others, and those of further modules. */
    static List<Object> all() {
        List<Object> commands = new ArrayList<>(OWN.values());
        commands.add(CompletionCommand.class);
        commands.add(HelpCommand.class);
        ServiceLoader.load(FurtherCommand.class).forEach(commands::add);
        return commands;
    }
}
