# The program with its dependencies and the compiled lexicon. Releases and results live in volumes.
FROM node:22-slim AS build
WORKDIR /app
COPY . .
# `npm ci` builds `dist/` through `prepare`; the tools of the build are dropped afterwards.
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:22-slim
WORKDIR /app
ENV NODE_ENV=production CHARTCODE_DATA_DIR=/data
COPY --from=build /app/package.json /app/LICENSE /app/NOTICE /app/README.md ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/dictionaries ./dictionaries
COPY --from=build /app/samples ./samples
# A new volume takes over the owner of the folder that it covers.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
ENTRYPOINT ["node", "/app/dist/cli/main.js"]
CMD ["--help"]
