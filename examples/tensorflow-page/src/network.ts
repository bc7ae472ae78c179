// To import it is what makes it compute.
// oxlint-disable-next-line import/no-unassigned-import
import '@tensorflow/tfjs-backend-cpu';
import { type Optimizer, oneHot, type Tensor, tensor1d, tensor2d, train } from '@tensorflow/tfjs-core';
import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { CLASSES, type Parts, PIXELS } from 'digits';
import { EPOCHS, type Params } from './search.js';

/** Images, and the digits that they show. */
interface Data {
  readonly images: Tensor;
  readonly labels: Tensor;
}

export interface Tensors {
  readonly train: Data;
  readonly validation: Data;
}

export function toTensors({ train: learned, validation }: Parts): Tensors {
  return { train: dataOf(learned), validation: dataOf(validation) };
}

function dataOf({ inputs, labels }: Parts['train']): Data {
  return {
    images: tensor2d(Float32Array.from(inputs), [labels.length, PIXELS]),
    labels: oneHot(tensor1d(Int32Array.from(labels), 'int32'), CLASSES),
  };
}

/**
 * Teaches a network with these settings. After each epoch `onEpoch` is told its loss on the validation part, and says
 * whether to stop.
 */
export async function teach(
  params: Params,
  data: Tensors,
  onEpoch: (epoch: number, loss: number) => Promise<boolean>,
): Promise<void> {
  const model = build(params);
  const optimizer = optimizerOf(params);
  model.compile({ optimizer, loss: 'categoricalCrossentropy' });
  await model.fit(data.train.images, data.train.labels, {
    batchSize: params.batchSize,
    epochs: EPOCHS,
    validationData: [data.validation.images, data.validation.labels],
    verbose: 0,
    callbacks: {
      async onEpochEnd(epoch, logs) {
        model.stopTraining = await onEpoch(epoch + 1, Number(logs?.['val_loss']));
      },
    },
  });
  model.dispose();
  optimizer.dispose();
}

/** Every network starts from the same numbers: trials differ by what is tuned, and by the order of the images. */
function build({ units, dropout }: Params): LayersModel {
  const kernelInitializer = initializers.glorotUniform({ seed: 1 });
  return sequential({
    layers: [
      layers.dense({ units, activation: 'relu', inputShape: [PIXELS], kernelInitializer }),
      layers.dropout({ rate: dropout, seed: 1 }),
      layers.dense({ units: CLASSES, activation: 'softmax', kernelInitializer }),
    ],
  });
}

function optimizerOf({ optimizer, learningRate, momentum = 0 }: Params): Optimizer {
  return optimizer === 'adam' ? train.adam(learningRate) : train.momentum(learningRate, momentum);
}
