#!/usr/bin/env bash
# Apache Spark: "if a task of a barrier stage fails, the whole stage is launched again" holds only where a shuffle follows the stage.
# One that ends in an action (collect) is given up at the first failure, however many attempts are allowed.
set -euo pipefail
cd "$(mktemp -d)"
python3 -m venv venv
venv/bin/pip install --quiet pyspark==4.2.0 2>&1 | grep -v notice || true
cat >barrier.py <<'PY'
import os
import pyspark
from pyspark import BarrierTaskContext, SparkConf, SparkContext

print("pyspark", pyspark.__version__)
conf = SparkConf().set("spark.ui.enabled", "false").set("spark.stage.maxConsecutiveAttempts", "4")
sc = SparkContext("local[2]", "barrier", conf=conf)
sc.setLogLevel("OFF")


def stage(name):
    def task(rows):
        context = BarrierTaskContext.get()
        context.barrier()
        if not os.path.exists(name + str(context.partitionId())):
            open(name + str(context.partitionId()), "w").close()
            if context.partitionId() == 1:
                raise RuntimeError("fails once")
        return [context.partitionId()]

    return sc.parallelize(range(2), 2).barrier().mapPartitions(task)


print("expected: both are launched again and give", [0, 1])
print("with a shuffle behind it:", sorted(stage("shuffled").repartition(1).collect()))
try:
    print("with an action behind it:", stage("collected").collect())
    raise SystemExit("It was launched again: the behaviour has changed.")
except Exception as failure:
    word = "Could not recover from a failed barrier ResultStage"
    print("with an action behind it:", word if word in str(failure) else failure)
    assert word in str(failure)
PY
venv/bin/python barrier.py 2>/dev/null
echo "As found."
