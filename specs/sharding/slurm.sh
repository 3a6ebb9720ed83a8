#!/usr/bin/env bash
# A Slurm array: sbatch --array=1-16 slurm.sh, in a folder that all nodes see. Then, when it has ended well:
#   sbatch --dependency=afterok:JOB --wrap 'pkgsource merge shards/*.shard'
#SBATCH --job-name=pkgsource
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
set -euo pipefail

mkdir -p shards
pkgsource verify --enumerate 3 --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
    --save "shards/$SLURM_ARRAY_TASK_ID.shard" -- ./my-adapter
