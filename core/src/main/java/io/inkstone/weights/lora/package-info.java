/**
 * Low-rank changes of a network's weights (Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models"), as files of
 * kohya's and diffusers' spelling hold them.
 */
package io.inkstone.weights.lora;
