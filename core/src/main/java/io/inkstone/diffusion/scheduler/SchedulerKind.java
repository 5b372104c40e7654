package io.inkstone.diffusion.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The schedulers that can be drawn with, by the class names that configs carry. */
public enum SchedulerKind {
    PNDM("PNDMScheduler", SchedulerDefaults.PNDM, TableSchedulers::pndm),
    DDIM("DDIMScheduler", SchedulerDefaults.DDIM, TableSchedulers::ddim),
    DDPM("DDPMScheduler", SchedulerDefaults.DDPM, TableSchedulers::ddpm),
    LCM("LCMScheduler", SchedulerDefaults.LCM, TableSchedulers::lcm),
    EULER("EulerDiscreteScheduler", SchedulerDefaults.EULER, SigmaSchedulers::euler),
    EULER_ANCESTRAL(
            "EulerAncestralDiscreteScheduler", SchedulerDefaults.EULER_ANCESTRAL, SigmaSchedulers::eulerAncestral),
    HEUN("HeunDiscreteScheduler", SchedulerDefaults.HEUN, SigmaSchedulers::heun),
    LMS("LMSDiscreteScheduler", SchedulerDefaults.LMS, SigmaSchedulers::lms),
    DPM_SOLVER("DPMSolverMultistepScheduler", SchedulerDefaults.DPM_SOLVER, SolverSchedulers::dpmSolver),
    UNIPC("UniPCMultistepScheduler", SchedulerDefaults.UNIPC, SolverSchedulers::uniPc),
    FLOW_EULER("FlowMatchEulerDiscreteScheduler", SchedulerDefaults.FLOW_EULER, SigmaSchedulers::flowEuler);

    /** From what a config says to a way of drawing. */
    @FunctionalInterface
    interface Maker {
        Scheduler make(SchedulerFields fields);
    }

    private final String className;
    private final JsonNode defaults;
    private final Maker maker;

    SchedulerKind(String className, JsonNode defaults, Maker maker) {
        this.className = className;
        this.defaults = defaults;
        this.maker = maker;
    }

    /** {@code PNDMScheduler}, what {@code _class_name} says. */
    public String className() {
        return className;
    }

    /** Every field that it reads, with the value that it takes where none is given. */
    JsonNode defaults() {
        return defaults;
    }

    Scheduler make(SchedulerFields fields) {
        return maker.make(fields);
    }

    static SchedulerKind named(String className) {
        return Arrays.stream(values())
                .filter(kind -> kind.className.equals(className))
                .findFirst()
                .orElseThrow(() -> new InputException(Words.of(
                        "scheduler_config.json names the scheduler '%s', which is not known here. Choose another sampler, or let it name one of %s.",
                        className,
                        Arrays.stream(values()).map(SchedulerKind::className).collect(Collectors.joining(", ")))));
    }
}
