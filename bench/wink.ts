/** winkNLP with its English model, with the whole of its pipe where none is named. */
import model from 'wink-eng-lite-web-model'
import winkNLP, { type WinkMethods } from 'wink-nlp'

export function loadWink(pipe?: string[]): WinkMethods {
  return pipe === undefined ? winkNLP(model) : winkNLP(model, pipe)
}
