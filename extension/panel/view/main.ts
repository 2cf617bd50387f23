import './localize.ts';
import '@vscode/codicons/dist/codicon.css';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import 'uplot/dist/uPlot.min.css';
import './episodeTable.ts';
import './panel.css';
import './code.css';
import './episodeTable.css';
import './runChart.ts';
import { Panel } from './panel.ts';

new Panel(document.body);
